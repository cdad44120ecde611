/**
 * Ask for something to be given back of a closed bill, line by line. Also called: credit request, 返還の申請.
 */
import { askCredit } from '#runtime/services/ask-credit.ts';
import { asTokenHolder } from '../acting-person.ts';
import { required, word, WrongCall, type Call, type Command } from '../command.ts';

export const command: Command = {
  options: { line: { type: 'string', multiple: true }, reason: { type: 'string' } },
  run(call) {
    const billId = word(call, 0, 'BILL');
    const reason = required(call, 'reason');
    const lines = linesOf(call);
    return asTokenHolder(call, async (app, actor) => {
      const asked = await askCredit(app, actor, { billId, lines, reason });
      return { json: asked, text: call.say.render('cli.credit-ask.done', asked) };
    });
  },
};

/** 'L1=500', as often as there are lines. */
function linesOf({ options }: Call): readonly { readonly line: string; readonly amount: string }[] {
  const given = options['line'];
  if (!Array.isArray(given)) throw new WrongCall('option-missing', { option: '--line' });
  return given.map((each) => {
    const [, line, amount] = /^([^=]+)=(.+)$/.exec(String(each)) ?? [];
    if (line === undefined || amount === undefined) throw new WrongCall('line-without-amount', { value: String(each) });
    return { line, amount };
  });
}
