/** What runs in a guarded thread on what somebody wrote? Checks, cases and forms, and nothing that writes. Also called: guarded worker. */
import { answering } from '#runtime/guard/answering.ts';
import { answerTo } from '#runtime/guard/written.ts';

answering(answerTo);
