/**
 * What does the JSON editor know of a ruleset: which fields there are, what they are called, which choices they have?
 * Our schemas as the editor reads them, with labels and helps in the reader's language. Also called: schema completion, hover, 入力補完.
 */
import bundle from '#schemas/generated/bundle.json' with { type: 'json' };
import { words } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { choiceHelp } from '#lib/form/field-schema.ts';

type Node = { readonly [key: string]: unknown };

/** The schema of the kind, ready for the JSON language service. */
export function editorSchema(kind: string, locale: Locale): object {
  const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Ruleset`;
  const $defs = Object.fromEntries(
    Object.entries(bundle.$defs).map(([key, definition]) => [key, translated(definition, key, locale)]),
  );
  return { $schema: 'http://json-schema.org/draft-07/schema#', $ref: `#/$defs/${name}`, $defs };
}

/** Labels become titles, helps become descriptions; each choice says what it means. */
function translated(node: unknown, name: string, locale: Locale): unknown {
  if (Array.isArray(node)) return node.map((each) => translated(each, name, locale));
  if (typeof node !== 'object' || node === null) return node;
  const { label, help, discriminator: _, properties, ...rest } = node as Node;
  const inner = Object.entries(rest).map(([key, value]) => [
    key,
    key === 'enum' || key === 'required' ? value : translated(value, name, locale),
  ]);
  const said = { title: textOf(label, locale), description: textOf(help, locale) };
  return {
    ...Object.fromEntries(inner),
    ...(properties === undefined ? {} : { properties: fields(properties as Node, locale) }),
    ...(said.title === undefined ? {} : { title: said.title }),
    ...description(said.title, said.description),
    ...choices(rest['enum'], name, said.description, locale),
  };
}

const fields = (properties: Node, locale: Locale): object =>
  Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, translated(each, name, locale)]));

/** A hover shows the label in bold, the help below it. */
function description(title: string | undefined, help: string | undefined): { markdownDescription?: string } {
  if (title === undefined && help === undefined) return {};
  return { markdownDescription: [title && `**${title}**`, help].filter(Boolean).join('\n\n') };
}

function choices(
  options: unknown,
  name: string,
  help: string | undefined,
  locale: Locale,
): { enumDescriptions?: string[] } {
  if (!Array.isArray(options)) return {};
  const { notes } = choiceHelp(help ?? '', options as string[]);
  const say = words(locale);
  return {
    enumDescriptions: (options as string[]).map((option) => {
      const code = `screen.option.${name}.${option}`;
      return say.has(code) ? say.render(code) : (notes[option] ?? option);
    }),
  };
}

function textOf(localized: unknown, locale: Locale): string | undefined {
  return (localized as Readonly<Record<Locale, string>> | undefined)?.[locale];
}
