-- The day on which the customer received the contract document, from which the days to withdraw are counted (初期契約解除).
-- It is learned after the order, so it is known from one moment on as the other facts of a product are. Each of its stretches says the same.
alter table product_history add column document_received_on date;
