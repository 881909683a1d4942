// Seeds one fault at a time in envoy/envoy.yaml: a checker that misses one is no proof of the bootstrap.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { faults } from './bootstrap.mjs';
import { loadUpstream } from './upstream.mjs';

const sound = readFileSync(new URL('../../../envoy/envoy.yaml', import.meta.url), 'utf8');
const registry = loadUpstream();
const perRoute = settings => `route: {cluster: app, timeout: 15s}
                typed_per_filter_config:
                  envoy.filters.http.ext_authz:
                    "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute${settings}`;
const authority = character => ['                  authority: authz.internal', `                  authority: "a${character}b"`, 'Kestrel refuses the authority'];

const seeded = {
  // Syntax: what strict proto JSON refuses.
  'a misspelt field': ['failure_mode_allow: false', 'failure_mode_alow: false', '"failure_mode_alow" is unknown'],
  'an unknown status': ['ServiceUnavailable', 'NotACode', 'StatusCode'],
  'milliseconds as a duration': ['timeout: 12s', 'timeout: 500ms', 'google.protobuf.Duration'],
  'an unknown type': ['router.v3.Router', 'router.v3.Ruter', 'router.v3.Ruter'],
  'a key that stands twice': ['num_retries: 1', 'num_retries: 1\n                  num_retries: 2', 'unique'],
  'a value of another type': ['codec_type: AUTO', 'codec_type: [AUTO]', 'CodecType from JSON'],
  // Constraints of the protos.
  'an empty stat_prefix': ['stat_prefix: edge', 'stat_prefix: ""', 'stat_prefix: violates string.minLen'],
  'an empty cluster_name': ['cluster_name: authz\n                  #', 'cluster_name: ""\n                  #', 'cluster_name: violates string.minLen'],
  'a port out of range': ['port_value: 8080', 'port_value: 65536', 'port_value: violates uint32.lte'],
  'a missing threshold': ['unhealthy_threshold: 2', '', 'unhealthy_threshold: is required'],
  'a runtime switch without its default': ['encode_raw_headers: true', 'encode_raw_headers: true\n              deny_at_disable: {runtime_key: a}', 'default_value: is required'],
  'an empty body buffer': ['encode_raw_headers: true', 'encode_raw_headers: true\n              with_request_body: {max_request_bytes: 0}', 'max_request_bytes: violates uint32.gt'],
  'a path prefix that ends in a slash': ['match: {prefix: "/"}', 'match: {path_separated_prefix: "/api/"}', 'path_separated_prefix: violates string.pattern'],
  'a route override without content': ['route: {cluster: app, timeout: 15s}', perRoute(''), 'one of disabled, check_settings is required'],
  'a connect_timeout of nothing': ['connect_timeout: 1s', 'connect_timeout: 0s', 'connect_timeout: violates duration.gt'],
  'a header name that is none': ['routes:\n', 'request_headers_to_add: [{header: {key: "a\\nb"}}]\n              routes:\n', 'violates string.wellKnownRegex'],
  'a virtual host without domains': ['domains: ["*"]', 'domains: []', 'domains: violates repeated.minItems'],
  'a deprecated field': ['routes:\n', 'request_headers_to_add: [{header: {key: a}, append: true}]\n              routes:\n', 'append: is deprecated'],
  // References.
  'an unknown cluster of a route': ['route: {cluster: app,', 'route: {cluster: apps,', 'cluster apps is not defined'],
  'an unknown cluster of a gRPC service': ['cluster_name: authz\n                  #', 'cluster_name: authz2\n                  #', 'cluster authz2 is not defined'],
  'a domain twice': ['domains: ["*"]', 'domains: [App.example, app.example]', 'domain app.example stands twice'],
  'a router that is not last': ['http_filters:\n', 'http_filters:\n          - {name: r, typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}}\n', 'the router is not last'],
  'settings of a filter that is not there': ['route: {cluster: app, timeout: 15s}', perRoute('\n                    disabled: true').replace('http.ext_authz:', 'http.extauthz:'), 'no http filter is named envoy.filters.http.extauthz'],
  'an authority with a slash': authority('/'),
  'an authority with a bar': authority('|'),
  'an authority with a comma': authority(','),
  'an authority with an at sign': authority('@'),
  'a health check with a refused authority': ['        authority: authz.internal\n    #', '        authority: a|b\n    #', 'grpc_health_check: Kestrel refuses'],
  'a retry interval below the timeout': ['max_interval: 12s', 'max_interval: 0.05s', 'max_interval 0.05s is below'],
  'a gRPC cluster without HTTP/2': ['explicit_http_config', 'use_downstream_protocol_config', 'does not speak HTTP/2'],
  // Hardening.
  'failures that allow': ['failure_mode_allow: false', 'failure_mode_allow: true', 'failure_mode_allow must not be set'],
  'outages that look like denials': ['status_on_error: {code: ServiceUnavailable}', '', 'status_on_error.code must be ServiceUnavailable'],
  'the default timeout': ['timeout: 12s', '', 'grpc_service.timeout must be 12s or longer'],
  'no authority': ['                  authority: authz.internal\n', '', 'authority must be set'],
  'merged headers': ['encode_raw_headers: true', '', 'encode_raw_headers must be true'],
  'a list of allowed headers': ['encode_raw_headers: true', 'encode_raw_headers: true\n              allowed_headers: {patterns: [{exact: cookie}]}', 'allowed_headers must not be set'],
  'mutations that nobody validates': ['validate_mutations: true', '', 'validate_mutations must be true'],
  'a cleared route cache': ['clear_route_cache: false', 'clear_route_cache: true', 'clear_route_cache must not be set'],
  'paths as they come': ['normalize_path: true', '', 'normalize_path must be true'],
  'slashes as they come': ['merge_slashes: true', '', 'merge_slashes must be true'],
  'escaped slashes as they come': ['REJECT_REQUEST\n          strip', 'KEEP_UNCHANGED\n          strip', 'path_with_escaped_slashes_action must be REJECT_REQUEST'],
  'headers with underscores': ['headers_with_underscores_action: REJECT_REQUEST', '', 'headers_with_underscores_action must be REJECT_REQUEST'],
  'headers removed after the check': ['routes:\n', 'request_headers_to_remove: [x-auth-user-id]\n              routes:\n', 'takes x-auth-user-id away'],
  'a body without bounds': ['max_request_bytes: 16384', 'max_request_bytes: 1048576', 'with_request_body must be whole and at most 16384 bytes'],
  'a body cut short': ['allow_partial_message: false', 'allow_partial_message: true', 'with_request_body must be whole'],
  'panic mode': ['healthy_panic_threshold: {value: 0}', '', 'healthy_panic_threshold must be 0'],
};

test('the bootstrap as it is has no fault', () => assert.deepEqual(faults(registry, sound), []));

for (const [name, [text, fault, sentence]] of Object.entries(seeded)) {
  test(`finds ${name}`, () => {
    assert.ok(sound.includes(text), `envoy.yaml no longer holds ${text}`);
    const found = faults(registry, sound.replace(text, fault));
    assert.ok(found.some(line => line.includes(sentence)), `found only: ${found.join(' · ') || 'nothing'}`);
  });
}
