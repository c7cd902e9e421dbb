/** Disjoint sets of entry keys and work names. */
export class Sets {
  private readonly parent = new Map<string, string>();

  constructor(keys: readonly string[]) {
    for (const key of keys) this.parent.set(key, key);
  }

  has(key: string): boolean {
    return this.parent.has(key);
  }

  add(key: string): string {
    if (!this.parent.has(key)) this.parent.set(key, key);
    return key;
  }

  find(key: string): string {
    let root = key;
    for (let up = this.parent.get(root); up !== undefined && up !== root; up = this.parent.get(root)) root = up;
    for (let step = key; step !== root; ) {
      const up = this.parent.get(step) as string;
      this.parent.set(step, root);
      step = up;
    }
    return root;
  }

  unite(a: string, b: string): void {
    this.parent.set(this.find(a), this.find(b));
  }
}
