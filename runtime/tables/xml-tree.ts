/**
 * What elements does an XML document hold, by their local names? Also called: XML parser, XML の読み取り.
 */
import { Parser } from 'htmlparser2';

export interface XmlElement {
  /** Without the prefix of its namespace. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, all of it. */
  readonly text: string;
}

/** A document deeper than this, or one with a DOCTYPE, is none of ours. */
const DEEPEST = 64;

/** The outermost element; undefined where the text is no such document. */
export function xmlTree(xml: string): XmlElement | undefined {
  type Open = { name: string; tag: string; attributes: Record<string, string>; children: XmlElement[]; text: string };
  const open: Open[] = [{ name: '', tag: '', attributes: {}, children: [], text: '' }];
  let isSound = true;
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (open.length > DEEPEST) {
          isSound = false;
          // What else there is of it is not looked at: the parser takes longer for each element that stands in another.
          parser.pause();
        }
        const own = Object.entries(attributes).map(([key, value]) => [localName(key), value] as const);
        open.push({ name: localName(tag), tag, attributes: Object.fromEntries(own), children: [], text: '' });
      },
      ontext(text) {
        open.at(-1)!.text += text;
      },
      onclosetag(tag, isImplied) {
        const closed = open.pop();
        // '/>' is an end, too; what is closed for want of one is no sound document.
        if ((isImplied && xml[parser.endIndex - 1] !== '/') || closed?.tag !== tag || open.length === 0)
          isSound = false;
        else open.at(-1)!.children.push(closed);
      },
      onprocessinginstruction(name) {
        if (/^!doctype$/i.test(name)) isSound = false;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return isSound && open.length === 1 ? open[0]?.children[0] : undefined;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The children of that name. */
export const childrenOf = ({ children }: XmlElement, name: string): XmlElement[] =>
  children.filter((child) => child.name === name);

/** The text of the first `text` element inside. */
export const textIn = (element: XmlElement): string => childrenOf(element, 'text')[0]?.text ?? '';

/** All elements of that name, at any depth. */
export const descendants = (element: XmlElement, name: string): XmlElement[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendants(child, name)]);

/** Text as it stands in XML; what XML cannot hold is left out. */
export const xmlText = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
