{{/*
Environment of the chosen backend. Where XERV's documents spell a variable in two ways, both
are set. XERV 0.1.0 reads the backend, the URLs and the node id only.
*/}}
{{- define "xerv.dispatchEnv" -}}
- name: XERV_DISPATCH_BACKEND
  value: {{ include "xerv.backend" . }}
{{- if ne (include "xerv.backend" .) "memory" }}
{{ include (printf "xerv.dispatchEnv.%s" (include "xerv.backend" .)) . }}
{{- end }}
{{- end -}}

{{/* XERV_DISPATCH_RAFT_NODE_ID and _PEERS differ from pod to pod: files/raft-start.sh. */}}
{{- define "xerv.dispatchEnv.raft" -}}
{{- $raft := .Values.dispatch.raft | default dict -}}
{{- $host := include "xerv.host" . -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: XERV_DISPATCH_RAFT_LISTEN_ADDR
  value: {{ printf "%s:%s" (contains ":" $host | ternary (printf "[%s]" $host) $host) (include "xerv.grpcPort" .) | quote }}
{{ include "xerv.envOf" (list "XERV_DISPATCH_RAFT_ELECTION_TIMEOUT_MS" $raft.electionTimeoutMs) }}
{{ include "xerv.envOf" (list "XERV_DISPATCH_RAFT_HEARTBEAT_INTERVAL_MS" $raft.heartbeatIntervalMs) }}
{{- end -}}

{{- define "xerv.dispatchEnv.redis" -}}
{{- $redis := .Values.dispatch.redis | default dict -}}
{{ include "xerv.dispatchUrlEnv" . }}
{{ include "xerv.envOf" (list "XERV_DISPATCH_REDIS_POOL_SIZE" $redis.poolSize) }}
{{ include "xerv.envOf" (list "XERV_DISPATCH_REDIS_STREAMS" $redis.useStreams) }}
{{ include "xerv.envOf" (list "XERV_DISPATCH_REDIS_USE_STREAMS" $redis.useStreams) }}
{{ include "xerv.envOf" (list "XERV_DISPATCH_REDIS_CONSUMER_GROUP" $redis.consumerGroup) }}
{{- end -}}

{{- define "xerv.dispatchEnv.nats" -}}
{{- $nats := .Values.dispatch.nats | default dict -}}
{{ include "xerv.dispatchUrlEnv" . }}
{{ include "xerv.envOf" (list "XERV_DISPATCH_NATS_JETSTREAM" $nats.useJetstream) }}
{{ include "xerv.envOf" (list "XERV_DISPATCH_NATS_USE_JETSTREAM" $nats.useJetstream) }}
{{ include "xerv.envOf" (list "XERV_DISPATCH_NATS_STREAM" $nats.streamName) }}
{{- end -}}

{{/* The URL of redis or nats: from a Secret where it has a password, else as it is. */}}
{{- define "xerv.dispatchUrlEnv" -}}
{{- $backend := include "xerv.backend" . -}}
{{- $server := get .Values.dispatch $backend | default dict -}}
{{- $ownSecret := include "xerv.dispatchSecretUrl" . -}}
- name: XERV_DISPATCH_{{ upper $backend }}_URL
  {{- if or $server.existingSecret $ownSecret }}
  valueFrom:
    secretKeyRef:
      name: {{ $server.existingSecret | default (include "xerv.dispatchSecretName" .) | quote }}
      key: {{ $ownSecret | empty | ternary $server.existingSecretKey "" | default "url" | quote }}
  {{- else }}
  value: {{ $server.url | quote }}
  {{- end }}
{{- end -}}

{{- define "xerv.dispatchSecretName" -}}
{{- include "xerv.fullname" . }}-dispatch
{{- end -}}

{{/* The URL that must not be seen in the pod: one with a password, given by value. */}}
{{- define "xerv.dispatchSecretUrl" -}}
{{- $backend := include "xerv.backend" . -}}
{{- $server := get (.Values.dispatch | default dict) $backend | default dict -}}
{{- $url := $server.url | default "" -}}
{{- if and (not $server.existingSecret) (include "xerv.hasCredentials" (list $backend $url)) }}{{ $url }}{{ end -}}
{{- end -}}

{{/*
Truthy (not empty) where a URL, or one of several, has a password before its @ or in its query;
for NATS also a token, which stands in the user's place. (list backend url)
*/}}
{{- define "xerv.hasCredentials" -}}
{{- $userInfo := eq (index . 0) "nats" | ternary "^(:.+|[^:].*)@" ":.+@" -}}
{{- range regexSplit "(?i)[a-z]+://" (index . 1) -1 -}}
{{- if or (regexMatch $userInfo .) (regexMatch "(?i)[?&](password|passwd|pass|token|secret|access_token|api_key)=[^&#,]" .) }}true{{ end -}}
{{- end -}}
{{- end -}}
