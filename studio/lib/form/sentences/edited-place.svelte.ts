/**
 * Which value of the sentences is being edited in place?
 * Also called: inline edit, その場で編集.
 */
export interface EditedPlace {
  at: string | undefined;
}

export function editedPlace(): EditedPlace {
  const place: EditedPlace = $state({ at: undefined });
  return place;
}
