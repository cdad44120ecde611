/** What runs in a thread while a document is printed? typst, and nothing else. Also called: PDF worker, 帳票印刷. */
import { pdfOf } from '#runtime/documents/pdf.ts';

export type ToPrint = { readonly folder: string; readonly source: string };

export default function printInThread({ folder, source }: ToPrint): Uint8Array {
  return new Uint8Array(pdfOf(folder, source));
}
