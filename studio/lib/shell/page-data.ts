/**
 * What does every page know, whatever else it shows?
 * Also called: layout data, App.PageData.
 */
import type { Locale } from '#schemas/messages/words.ts';

declare global {
  namespace App {
    interface PageData {
      locale: Locale;
      /** The operator's time zone: instants are told in it. */
      zone: string;
      /** The last word of the breadcrumb, on pages below a workplace. */
      crumb?: string;
    }
    interface Error {
      message: string;
      status: number;
      /** The code of a refusal, to quote to support. */
      code?: string;
    }
  }
}

export type PageData = App.PageData;
