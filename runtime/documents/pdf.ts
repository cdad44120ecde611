/**
 * How does a document become a PDF? Through typst, with the Japanese fonts embedded. Also called: PDF 出力, 帳票, 請求書 PDF.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const fontOf = (file: string): Buffer =>
  readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-jp/${file}`));

const templates = new URL('../../templates/', import.meta.url);

let compiler: NodeCompiler | undefined;

/** The PDF of `source`, drawn by the form's `print.typ`. Throws with typst's own words when the source does not compile. */
export function pdfOf(folder: string, source: string): Buffer {
  compiler ??= NodeCompiler.create({
    workspace: '/',
    fontArgs: [
      { fontBlobs: [fontOf('400Regular/NotoSansJP_400Regular.ttf'), fontOf('700Bold/NotoSansJP_700Bold.ttf')] },
    ],
  });
  compiler.addSource('/print.typ', readFileSync(new URL(`${folder}/print.typ`, templates), 'utf8'));
  const pdf = compiler.pdf({ mainFileContent: source });
  // What one document needed is of no use to the next.
  compiler.evictCache(10);
  return pdf;
}
