import {
  type DescFile,
  type DescMessage,
  type DescMethod,
  fromBinary,
  type Message,
  toBinary,
} from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt'
import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js'
import type { ReflectionService } from '@grpc/reflection'
import { isStream, type RpcService } from './types.ts'

/** A generated service as grpc-js wants it. */
export function serviceDefinition(service: RpcService): ServiceDefinition {
  return Object.fromEntries(service.methods.map((method) => [method.localName, methodDefinition(method)]))
}

export function methodDefinition(method: DescMethod): MethodDefinition<Message, Message> {
  return {
    path: `/${method.parent.typeName}/${method.name}`,
    requestStream: false,
    responseStream: isStream(method),
    originalName: method.localName,
    ...codec('request', method.input),
    ...codec('response', method.output),
  } as MethodDefinition<Message, Message>
}

function codec(side: 'request' | 'response', schema: DescMessage) {
  return {
    [`${side}Serialize`]: (message: Message) => Buffer.from(toBinary(schema, message)),
    [`${side}Deserialize`]: (bytes: Buffer) => fromBinary(schema, bytes),
  }
}

type PackageDefinition = ConstructorParameters<typeof ReflectionService>[0]

/** What `@grpc/reflection` reads of a package: the descriptors of a service's file and of all it imports. */
export function reflectionPackage(services: readonly RpcService[]): PackageDefinition {
  const files = new Map<string, DescFile>()
  const add = (file: DescFile): void => {
    if (files.has(file.name)) return
    files.set(file.name, file)
    file.dependencies.forEach(add)
  }
  for (const { file } of services) add(file)
  const fileDescriptorProtos = [...files.values()].map((file) =>
    Buffer.from(toBinary(FileDescriptorProtoSchema, file.proto)),
  )
  return Object.fromEntries(
    services.map(({ typeName }) => [
      typeName,
      { format: 'Protocol Buffer 3 DescriptorProto', type: {}, fileDescriptorProtos },
    ]),
  ) as PackageDefinition
}
