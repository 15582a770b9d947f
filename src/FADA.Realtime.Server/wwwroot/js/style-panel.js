import { byId } from './elements.js';
const names = ['audioScale', 'referenceScale', 'steps'];
/** Counters that were on their way while a change was made still tell the style before it. */
const staleMs = 1000;
/**
 * The sliders for how the face speaks. They show what is in force on the server, whoever changed it, and send what is
 * wished for while the thumb is still moving: one request at a time, the newest wish next.
 */
export class StylePanel {
    live;
    problem;
    box = byId('style', HTMLFieldSetElement);
    inForce = null;
    wish = {};
    resetting = false;
    sending = false;
    deafUntil = 0;
    constructor(live, problem) {
        this.live = live;
        this.problem = problem;
        for (const name of names) {
            const slider = this.slider(name);
            slider.addEventListener('input', () => {
                this.label(name, Number(slider.value));
                this.wish[name] = Number(slider.value);
                void this.send();
            });
        }
        byId('style-reset', HTMLButtonElement).addEventListener('click', () => {
            this.wish = {};
            this.resetting = true;
            void this.send();
        });
        this.close();
    }
    hear(event) {
        if (event.type === 'stats' && !this.sending && performance.now() > this.deafUntil)
            this.show(event.style);
    }
    /** There is no session to change. */
    close() {
        this.inForce = null;
        this.wish = {};
        this.resetting = false;
        this.box.disabled = true;
    }
    async send() {
        if (this.sending)
            return;
        this.sending = true;
        const control = this.live();
        for (let request = this.next(control); request && !this.box.disabled; request = this.next(control)) {
            let answer = this.inForce;
            try {
                answer = await request;
                this.problem(null);
            }
            catch (error) {
                this.problem(error);
            }
            // An answer for a session that was left says nothing about the one that came after it.
            if (answer && !this.box.disabled && control === this.live())
                this.show(answer);
        }
        this.sending = false;
        this.deafUntil = performance.now() + staleMs;
    }
    /** The request that is to be made next, if any. */
    next(control) {
        if (this.resetting) {
            this.resetting = false;
            return control.resetStyle();
        }
        const change = this.wish;
        this.wish = {};
        return Object.keys(change).length > 0 ? control.restyle(change) : null;
    }
    show(style) {
        this.inForce = style;
        this.box.disabled = false;
        for (const name of names) {
            // A thumb that is still being moved stays under the finger.
            if (name in this.wish)
                continue;
            this.slider(name).value = String(style[name]);
            this.label(name, style[name]);
        }
    }
    /** The true value, also where it was set elsewhere and lies beyond the slider's end. */
    label(name, value) {
        const text = name === 'steps' ? String(value) : value.toFixed(2).replace(/0$/, '');
        byId(`style-${name}-value`, HTMLOutputElement).value = text;
        this.slider(name).setAttribute('aria-valuetext', text);
    }
    slider(name) {
        return byId(`style-${name}`, HTMLInputElement);
    }
}
