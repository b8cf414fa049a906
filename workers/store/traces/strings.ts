/** Texts by number, each held once. 0 is "unset". Numbers follow the order of arrival and are no part of the state. */
export class Strings {
  readonly texts: string[] = [""];
  private readonly numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.push(text) - 1;
    this.numbers.set(text, number);
    return number;
  }

  find(text: string): number | undefined {
    return this.numbers.get(text);
  }

  get count(): number {
    return this.texts.length;
  }
}

/** Nodes of the service graph: a name and a type (0 = no type) by number; 0 is none. */
export class Nodes {
  readonly names: number[] = [0];
  readonly types: number[] = [0];
  private readonly numbers = new Map<number, number>();

  of(name: number, type: number): number {
    const key = name * 0x4000000 + type;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.names.push(name) - 1;
    this.types.push(type);
    this.numbers.set(key, number);
    return number;
  }
}
