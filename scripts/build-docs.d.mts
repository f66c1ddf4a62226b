/** The text of each page, by its path. */
export declare function buildDocs(): Readonly<Record<string, string>>;
