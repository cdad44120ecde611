/**
 * How is the server doing? Text that Prometheus reads. Also called: metrics, 監視, メトリクス.
 */
export interface Measures {
  /** Notes an answered request. */
  answered(status: number, seconds: number): void;
  text(): string;
}

/** Seconds up to which an answer is counted; the last bucket takes the rest. */
const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function openMeasures(): Measures {
  const byStatus = new Map<string, number>();
  const within = buckets.map(() => 0);
  let answers = 0;
  let spent = 0;
  return {
    answered(status, seconds) {
      const family = `${String(Math.trunc(status / 100))}xx`;
      byStatus.set(family, (byStatus.get(family) ?? 0) + 1);
      buckets.forEach((limit, index) => void (seconds <= limit && (within[index] = (within[index] ?? 0) + 1)));
      answers += 1;
      spent += seconds;
    },
    text() {
      const requests = [...byStatus]
        .sort()
        .map(([family, count]) => `kanade_http_requests_total{status="${family}"} ${String(count)}`);
      const seconds = buckets.map(
        (limit, index) => `kanade_http_request_seconds_bucket{le="${String(limit)}"} ${String(within[index] ?? 0)}`,
      );
      return [
        '# TYPE kanade_http_requests_total counter',
        ...requests,
        '# TYPE kanade_http_request_seconds histogram',
        ...seconds,
        `kanade_http_request_seconds_bucket{le="+Inf"} ${String(answers)}`,
        `kanade_http_request_seconds_sum ${String(spent)}`,
        `kanade_http_request_seconds_count ${String(answers)}`,
        '# TYPE kanade_memory_bytes gauge',
        `kanade_memory_bytes ${String(process.memoryUsage().rss)}`,
        '# TYPE kanade_up_seconds gauge',
        `kanade_up_seconds ${String(Math.round(process.uptime()))}`,
        '',
      ].join('\n');
    },
  };
}
