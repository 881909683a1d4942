// The constraints that Envoy's protos carry as protoc-gen-validate options, applied by reflection.
// A rule that is not implemented here throws: none may be passed over in silence.
import { getOption, hasOption } from '@bufbuild/protobuf';
import { reflect } from '@bufbuild/protobuf/reflect';
import { FeatureSet_FieldPresence, anyUnpack } from '@bufbuild/protobuf/wkt';

/** Returns the violations in a message and in everything below it, each as "path: sentence". */
export function violations(registry, schema, message) {
  const rulesOf = optionReader(registry.getExtension('validate.rules'));
  const requiredOf = optionReader(registry.getExtension('validate.required'));
  const found = [];
  walk(reflect(schema, message), schema.name);
  return found;

  function walk(node, path) {
    if (node.desc.typeName === 'google.protobuf.Any') return walkAny(node, path);
    for (const oneof of node.desc.oneofs) {
      if (requiredOf(oneof) && !node.oneofCase(oneof)) found.push(`${path}.${oneof.name}: one of ${oneof.fields.map(field => field.name).join(', ')} is required`);
    }
    for (const field of node.desc.fields) walkField(node, field, `${path}.${field.name}`);
  }

  function walkAny(node, path) {
    const any = node.message;
    if (!any.typeUrl) return found.push(`${path}: names no type`);
    const packed = anyUnpack(any, registry);
    const type = registry.getMessage(packed.$typeName);
    walk(reflect(type, packed), `${path}<${type.name}>`);
  }

  function walkField(node, field, path) {
    const isSet = node.isSet(field);
    const rules = rulesOf(field);
    if (isSet && field.deprecated) found.push(`${path}: is deprecated`);
    const required = rules?.message?.required || rules?.type.value?.required;
    if (required && !isSet && !field.oneof) found.push(`${path}: is required`);
    // A field with presence is judged when it is set; one without, always: its zero value is a value.
    const judged = isSet || field.presence === FeatureSet_FieldPresence.IMPLICIT;
    if (rules && judged) check(rules.type, field, node.get(field), path);
    if (isSet) descend(field, node.get(field), path);
  }

  function descend(field, value, path) {
    if (field.fieldKind === 'message') walk(value, path);
    if (field.fieldKind === 'list' && field.listKind === 'message') [...value].forEach((item, i) => walk(item, `${path}[${i}]`));
    if (field.fieldKind === 'map' && field.mapKind === 'message') for (const [key, item] of value) walk(item, `${path}[${key}]`);
  }

  function check({ case: kind, value: rules }, field, value, path) {
    for (const [rule, limit] of setRules(rules)) {
      if (rule === 'items') [...value].forEach((item, i) => check(limit.type, field, item, `${path}[${i}]`));
      else if (rule === 'keys') for (const [key] of value) check(limit.type, field, key, `${path}[${key}]`);
      else if (!holds(kind, rule, limit, rules, field, plain(kind, value))) found.push(`${path}: violates ${kind}.${rule} ${show(limit)}`);
    }
  }
}

const optionReader = extension => element => (hasOption(element, extension) ? getOption(element, extension) : undefined);

function* setRules(rules) {
  for (const [name, value] of Object.entries(rules ?? {})) {
    if (name.startsWith('$') || value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    if (name !== 'wellKnown') yield [name, value];
    else if (value.case) yield [value.case, value.value];
  }
}

/** The comparable value of a duration is its nanoseconds, of a wrapper what it wraps. */
function plain(kind, value) {
  if (kind === 'duration') return nanoseconds(value.message ?? value);
  return value?.message && 'value' in value.message ? value.message.value : value;
}

const nanoseconds = duration => duration.seconds * 1_000_000_000n + BigInt(duration.nanos);
const show = limit => (typeof limit === 'object' && 'seconds' in limit ? `${nanoseconds(limit)} ns` : Array.isArray(limit) ? `[${limit}]` : String(limit));

function holds(kind, rule, limit, rules, field, value) {
  if (kind === 'duration' && rule !== 'required') limit = nanoseconds(limit);
  if (rules.ignoreEmpty && value === '') return true;
  switch (rule) {
    case 'required': return true; // judged by presence
    case 'const': return value === limit;
    case 'gt': return value > limit;
    case 'gte': return value >= limit;
    case 'lt': return value < limit;
    case 'lte': return value <= limit;
    case 'in': return limit.includes(value);
    case 'notIn': return !limit.includes(value);
    case 'definedOnly': return !limit || field.enum.values.some(known => known.number === value);
    case 'minLen': return [...value].length >= Number(limit);
    case 'maxLen': return [...value].length <= Number(limit);
    case 'maxBytes': return Buffer.byteLength(value) <= Number(limit);
    case 'pattern': return new RegExp(limit, 'u').test(value);
    case 'wellKnownRegex': return wellKnown(limit, rules.strict).test(value);
    case 'strict':
    case 'ignoreEmpty': return true; // read with the rule they qualify
    case 'minItems': return value.size >= Number(limit);
    case 'maxItems': return value.size <= Number(limit);
    case 'unique': return new Set(value).size === value.size;
    case 'minPairs': return value.size >= Number(limit);
    default: throw new Error(`constraint ${kind}.${rule} is not implemented`);
  }
}

/** Known regexes of validate.proto: 1 is an HTTP header name, 2 an HTTP header value. */
function wellKnown(id, strict) {
  if (!strict) return /^[^\0\n\r]*$/;
  return id === 1 ? /^:?[0-9a-zA-Z!#$%&'*+\-.^_|~`]+$/ : /^[^\0-\x08\x0a-\x1f\x7f]*$/;
}
