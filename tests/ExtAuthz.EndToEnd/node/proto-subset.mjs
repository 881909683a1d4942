// Compares our protos with the upstream ones: a subset is wire-compatible when all that it names is the same there.

/** Returns the differences, as sentences. */
export function differences(ours, upstream) {
  const found = [];
  for (const type of ours) {
    const other = upstream.get(type.typeName);
    if (!other) found.push(`${type.kind} ${type.typeName} is not upstream`);
    else if (other.kind !== type.kind) found.push(`${type.typeName} is a ${type.kind}, upstream a ${other.kind}`);
    else found.push(...compare[type.kind](type, other));
  }
  return found;
}

const compare = {
  message: (type, other) => type.fields.flatMap(field => same(`${type.typeName}.${field.name}`, field, other.fields.find(candidate => candidate.name === field.name), shape)),
  enum: (type, other) => type.values.flatMap(value => same(`${type.typeName}.${value.name}`, value, other.values.find(candidate => candidate.name === value.name), ({ number }) => ({ number }))),
  service: (type, other) => type.methods.flatMap(method => same(`${type.typeName}.${method.name}`, method, other.methods.find(candidate => candidate.name === method.name), signature)),
};

function same(name, ours, upstream, view) {
  if (!upstream) return [`${name} is not upstream`];
  const [mine, theirs] = [view(ours), view(upstream)];
  return Object.keys(mine)
    .filter(key => mine[key] !== theirs[key])
    .map(key => `${name} has the ${key} ${mine[key]}, upstream ${theirs[key]}`);
}

/** All that the wire depends on. */
const shape = field => ({
  number: field.number,
  cardinality: field.fieldKind,
  type: [field.mapKey, field.scalar, field.enum?.typeName, field.message?.typeName].filter(part => part !== undefined).join(' of '),
  presence: field.presence,
  oneof: field.oneof?.name,
});

const signature = method => ({ kind: method.methodKind, input: method.input.typeName, output: method.output.typeName });
