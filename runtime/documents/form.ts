/**
 * How does a template become a page? Also called: Handlebars, 様式, form, 帳票.
 * A form is read once and compiled once. It may arrange what the model holds: no unescaped text, no helper of its own, no markup but the plain set.
 */
import Handlebars from 'handlebars';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { barcodeSvg } from './barcode.ts';
import { plainForm } from './plain-form.ts';

export interface Form {
  readonly css: string;
  body(model: object): string;
}

/** A page that stands alone, and the policy to serve it under: its own style and nothing else. */
export interface Page {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

const templates = new URL('../../templates/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, templates), 'utf8');
const forms = new Map<string, Form>();

/**
 * The form in `templates/<folder>/`, the folder that an invoiceTemplate names: its page, its style sheet, the shared
 * partials. A form may be in the dress of another, whose style sheet it shares.
 */
export function form(folder: string, dress = folder): Form {
  if (!/^[a-z][a-z0-9-]*$/.test(folder)) throw new Error(`no form is called ${folder}`);
  const known = forms.get(folder) ?? compileForm(read(`${folder}/page.hbs`), read(`${dress}/page.css`));
  forms.set(folder, known);
  return known;
}

/** A file of a form, as it is written. */
export interface FormFile {
  /** Within `templates/`: `invoice/page.hbs`. */
  readonly path: string;
  readonly text: string;
}

/** What the form in `templates/<folder>/` is written as: its page first, then the partials that this comes to use. */
export function formFiles(folder: string): readonly FormFile[] {
  form(folder);
  const source = read(`${folder}/page.hbs`);
  const partials = plainForm(source, (name) => read(`partials/${name}.hbs`));
  return [
    { path: `${folder}/page.hbs`, text: source },
    ...[...partials].map(([name, text]) => ({ path: `partials/${name}.hbs`, text })),
  ];
}

export function compileForm(
  source: string,
  css: string,
  partial: (name: string) => string = (name) => read(`partials/${name}.hbs`),
): Form {
  const handlebars = Handlebars.create();
  for (const [name, text] of plainForm(source, partial)) handlebars.registerPartial(name, text);
  const body = handlebars.compile(source, { strict: true, knownHelpersOnly: true, preventIndent: true });
  return {
    css,
    body: (model) => body(model, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false }),
  };
}

export function page(form: Form, model: { readonly locale: string; readonly title: string }): Page {
  const title = Handlebars.escapeExpression(model.title);
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${form.css}</style>`;
  const style = createHash('sha256').update(form.css).digest('base64');
  return {
    html: `<!doctype html>\n<html lang="${model.locale}">\n<head>${head}</head>\n<body>\n<main>\n${withBarcodes(form.body(model))}</main>\n</body>\n</html>\n`,
    contentSecurityPolicy: `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
  };
}

/** A paragraph of class `barcode` is drawn, with its text beneath. Its text has been escaped, and is taken back for drawing. */
function withBarcodes(body: string): string {
  return body.replaceAll(/<p class="barcode">([^<]*)<\/p>/g, (_whole, text: string) => {
    const drawn = /^[\w./ -]+$/.test(text) ? barcodeSvg(text) : '';
    return `<div class="barcode">${drawn}<p>${text}</p></div>`;
  });
}
