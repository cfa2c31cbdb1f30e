import * as pulumi from "@pulumi/pulumi";

/**
 * Options of a component with which its children have its former names as aliases of their own. The engine lets children
 * inherit an alias only in the update in which the component itself takes it: after one that was interrupted half-way,
 * children that it had not reached would be made again, and the old ones deleted with what the new ones had set.
 */
export function withFormerNames(
  name: string,
  opts: pulumi.ComponentResourceOptions | undefined,
): pulumi.ComponentResourceOptions | undefined {
  const former = formerNames(opts?.aliases).filter((one) => one !== name);
  if (former.length === 0) return opts;
  const keep: pulumi.ResourceTransformation = ({ type, name: child, props, opts: own }) => {
    if (type.startsWith("ses-guard:") || !child.startsWith(name)) return undefined;
    const aliases = former.map((one) => ({ name: `${one}${child.slice(name.length)}` }));
    return { props, opts: pulumi.mergeOptions(own, { aliases }) };
  };
  return { ...opts, transformations: [...(opts?.transformations ?? []), keep] };
}

/** Names in aliases, as far as the program itself tells them: given as such, or as the last part of a URN. */
function formerNames(aliases: pulumi.ComponentResourceOptions["aliases"]): string[] {
  if (!Array.isArray(aliases)) return [];
  return aliases.flatMap((alias: pulumi.Input<pulumi.URN | pulumi.Alias>) => {
    if (typeof alias === "string") return alias.split("::").slice(3).join("::") || [];
    if (typeof alias !== "object" || alias === null || !("name" in alias)) return [];
    return typeof alias.name === "string" ? alias.name : [];
  });
}
