/** The element with this id, of the expected kind. */
export function byId(id, kind) {
    const element = document.getElementById(id);
    if (!(element instanceof kind))
        throw new Error(`The page has no ${kind.name} #${id}.`);
    return element;
}
/** Changes icon and words of a button. */
export function setFace(button, icon, words) {
    button.querySelector('use').setAttribute('href', `#${icon}`);
    button.querySelector('span').textContent = words;
}
