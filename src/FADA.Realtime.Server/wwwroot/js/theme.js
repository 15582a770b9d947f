import { byId } from './elements.js';
const order = ['auto', 'light', 'dark'];
/** The button that goes through: as the system has it, light, dark. */
export function themeButton() {
    const button = byId('theme', HTMLButtonElement);
    let theme = 'auto';
    try {
        const kept = localStorage.getItem('fada-theme');
        theme = order.find((known) => known === kept) ?? 'auto';
    }
    catch {
        // No storage in this window: the choice is for this visit.
    }
    const show = () => {
        document.documentElement.dataset.theme = theme;
        button.textContent = { auto: '◐', light: '☀', dark: '☾' }[theme];
        button.setAttribute('aria-label', `Colours: ${{ auto: 'as the system', light: 'light', dark: 'dark' }[theme]}. Change.`);
    };
    button.addEventListener('click', () => {
        theme = order[(order.indexOf(theme) + 1) % order.length];
        try {
            localStorage.setItem('fada-theme', theme);
        }
        catch {
            // As above.
        }
        show();
    });
    show();
}
