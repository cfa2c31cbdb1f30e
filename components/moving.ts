import * as pulumi from "@pulumi/pulumi";

/**
 * Lets the children of one component keep what 0.1.0 made under other names: the queue of `FeedbackHandler`, and
 * everything of a component whose name has other characters than letters, digits, hyphens and underscores. For the
 * component's `transformations`, once, in the update that moves to 0.2.0.
 *
 * @param name the component's name, as 0.1.0 knew it
 */
export function namesOf010(name: string): pulumi.ResourceTransformation {
  const base = name.replace(/[^A-Za-z0-9_-]+/g, "-");
  return ({ type, name: child, props, opts }) => {
    if (!child.startsWith(name) || type.startsWith("ses-guard:")) return undefined;
    const suffix = child.slice(name.length);
    const former = `${base}${type === "aws:sqs/queue:Queue" && suffix === "-queue" ? "" : suffix}`;
    if (former === child) return undefined;
    return { props, opts: pulumi.mergeOptions(opts, { aliases: [{ name: former }] }) };
  };
}
