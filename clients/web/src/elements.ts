/** The element with this id, of the expected kind. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page has no ${kind.name} #${id}.`);
  return element;
}

/** Changes icon and words of a button. */
export function setFace(button: HTMLButtonElement, icon: string, words: string): void {
  button.querySelector('use')!.setAttribute('href', `#${icon}`);
  button.querySelector('span')!.textContent = words;
}
