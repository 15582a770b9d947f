import { addAvatar, avatars, portrait } from './api.js';
import { byId } from './elements.js';
/** Thumbnails to choose from, and the dialog that adds one from an image. */
export class AvatarPicker {
    chosen;
    list = byId('avatars', HTMLDivElement);
    dialog = byId('add-dialog', HTMLDialogElement);
    form = byId('add-form', HTMLFormElement);
    preview = byId('add-preview', HTMLImageElement);
    name = byId('add-name', HTMLInputElement);
    consent = byId('add-consent', HTMLInputElement);
    problem = byId('add-problem', HTMLParagraphElement);
    file = byId('add-file', HTMLInputElement);
    image = null;
    constructor(chosen) {
        this.chosen = chosen;
        this.file.addEventListener('change', () => {
            const image = this.file.files?.[0];
            this.file.value = '';
            if (image)
                this.offer(image);
        });
        this.form.addEventListener('submit', (event) => {
            event.preventDefault();
            void this.add();
        });
        byId('add-cancel', HTMLButtonElement).addEventListener('click', () => this.dialog.close());
        this.dialog.addEventListener('close', () => URL.revokeObjectURL(this.preview.src));
        this.acceptDrops();
    }
    /** Shows what the server has; `current` is marked as chosen, the first one where it is null. */
    async load(current) {
        const all = await avatars();
        const checked = all.find((avatar) => avatar.name === current) ?? all[0];
        this.list.replaceChildren(...all.map((avatar) => this.tile(avatar, avatar === checked)));
        return all;
    }
    tile(avatar, checked) {
        const label = document.createElement('label');
        label.className = 'avatar';
        label.title = `${avatar.name} (consent: ${avatar.consent})`;
        const radio = document.createElement('input');
        radio.type = 'radio';
        radio.name = 'avatar';
        radio.value = avatar.name;
        radio.checked = checked;
        radio.addEventListener('change', () => this.chosen(avatar));
        const picture = document.createElement('img');
        void portrait(avatar.name).then((url) => (picture.src = url), () => undefined);
        picture.alt = '';
        picture.width = picture.height = 72;
        const caption = document.createElement('span');
        caption.textContent = avatar.name;
        label.append(radio, picture, caption);
        return label;
    }
    acceptDrops() {
        let depth = 0;
        const files = (event) => event.dataTransfer?.types.includes('Files') ?? false;
        const mark = (on) => document.body.classList.toggle('dropping', on);
        document.addEventListener('dragenter', (event) => files(event) && mark(++depth > 0));
        document.addEventListener('dragleave', (event) => files(event) && mark(--depth > 0));
        document.addEventListener('dragover', (event) => files(event) && event.preventDefault());
        document.addEventListener('drop', (event) => {
            if (!files(event))
                return;
            event.preventDefault();
            mark((depth = 0) > 0);
            const file = event.dataTransfer.files[0];
            if (file)
                this.offer(file);
        });
    }
    offer(image) {
        this.image = image;
        this.preview.src = URL.createObjectURL(image);
        this.name.value = image.name.replace(/\.[^.]*$/, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 64);
        this.problem.textContent = '';
        if (!this.dialog.open)
            this.dialog.showModal();
        this.consent.focus();
    }
    async add() {
        if (!this.image)
            return;
        const submit = byId('add-submit', HTMLButtonElement);
        submit.disabled = true;
        this.problem.textContent = 'Looking for the face…';
        try {
            const avatar = await addAvatar(this.image, this.name.value, this.consent.value);
            await this.load(avatar.name);
            this.dialog.close();
            this.chosen(avatar);
        }
        catch (error) {
            this.problem.textContent = error.message;
        }
        finally {
            submit.disabled = false;
        }
    }
}
