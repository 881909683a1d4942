// Fields that we use and that came to Envoy after the protos which @grpc/grpc-js-xds 1.14.1 ships (about Envoy 1.31).
import { FieldDescriptorProto_Type as Type } from '@bufbuild/protobuf/wkt';

const extAuthz = 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz';

export const newerFields = [
  { since: '1.32', message: extAuthz, name: 'emit_filter_state_stats', number: 29, type: Type.BOOL },
  { since: '1.36', message: extAuthz, name: 'max_denied_response_body_bytes', number: 30, type: Type.UINT32 },
  { since: '1.37', message: extAuthz, name: 'enforce_response_header_limits', number: 31, type: Type.BOOL },
  {
    since: '1.37', message: 'envoy.service.auth.v3.CheckResponse', name: 'error_response', number: 5,
    type: Type.MESSAGE, typeName: '.envoy.service.auth.v3.DeniedHttpResponse', oneof: 'http_response',
  },
];
