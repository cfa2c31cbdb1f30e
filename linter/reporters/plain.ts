const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "#": "&#35;" };

/**
 * Text in which Markdown, HTML and GitHub find nothing of their own: neither formats nor links, mentions (`@name`) or
 * references (`#1`).
 */
export function plain(text: string): string {
  return text
    .replace(/[&<>|#]/g, (character) => ENTITIES[character] ?? character)
    .replace(/[\\`*_~[\]$^!{}]/g, "\\$&")
    .replace(/:(?=\/\/)/g, "&#58;")
    .replace(/\bwww\./gi, (start) => `${start.slice(0, 3)}&#46;`)
    .replace(/(?<![\w.+-])@(?=\w)/g, "@&#8203;")
    .replace(/&#35;(?=\d)/g, "&#35;&#8203;");
}
