import type { SessionControl, Style } from './api.js';
import { byId } from './elements.js';
import type { SessionEvent } from './events.js';

const names: (keyof Style)[] = ['audioScale', 'referenceScale', 'steps'];

/** Counters that were on their way while a change was made still tell the style before it. */
const staleMs = 1000;

/**
 * The sliders for how the face speaks. They show what is in force on the server, whoever changed it, and send what is
 * wished for while the thumb is still moving: one request at a time, the newest wish next.
 */
export class StylePanel {
  private readonly box = byId('style', HTMLFieldSetElement);
  private inForce: Style | null = null;
  private wish: Partial<Style> = {};
  private resetting = false;
  private sending = false;
  private deafUntil = 0;

  constructor(
    private readonly live: () => SessionControl,
    private readonly problem: (error: Error | null) => void,
  ) {
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

  hear(event: SessionEvent): void {
    if (event.type === 'stats' && !this.sending && performance.now() > this.deafUntil) this.show(event.style as Style);
  }

  /** There is no session to change. */
  close(): void {
    this.inForce = null;
    this.wish = {};
    this.resetting = false;
    this.box.disabled = true;
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    const control = this.live();
    for (let request = this.next(control); request && !this.box.disabled; request = this.next(control)) {
      let answer = this.inForce;
      try {
        answer = await request;
        this.problem(null);
      } catch (error) {
        this.problem(error as Error);
      }
      // An answer for a session that was left says nothing about the one that came after it.
      if (answer && !this.box.disabled && control === this.live()) this.show(answer);
    }
    this.sending = false;
    this.deafUntil = performance.now() + staleMs;
  }

  /** The request that is to be made next, if any. */
  private next(control: SessionControl): Promise<Style> | null {
    if (this.resetting) {
      this.resetting = false;
      return control.resetStyle();
    }
    const change = this.wish;
    this.wish = {};
    return Object.keys(change).length > 0 ? control.restyle(change) : null;
  }

  private show(style: Style): void {
    this.inForce = style;
    this.box.disabled = false;
    for (const name of names) {
      // A thumb that is still being moved stays under the finger.
      if (name in this.wish) continue;
      this.slider(name).value = String(style[name]);
      this.label(name, style[name]);
    }
  }

  /** The true value, also where it was set elsewhere and lies beyond the slider's end. */
  private label(name: keyof Style, value: number): void {
    const text = name === 'steps' ? String(value) : value.toFixed(2).replace(/0$/, '');
    byId(`style-${name}-value`, HTMLOutputElement).value = text;
    this.slider(name).setAttribute('aria-valuetext', text);
  }

  private slider(name: keyof Style): HTMLInputElement {
    return byId(`style-${name}`, HTMLInputElement);
  }
}
