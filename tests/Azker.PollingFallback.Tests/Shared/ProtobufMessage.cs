using System.Text;

namespace Azker.PollingFallback.Tests.Shared;

/// <summary>A protobuf message by its field numbers, without its schema.</summary>
internal readonly struct ProtobufMessage(ReadOnlyMemory<byte> bytes)
{
    private enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Delimited = 2,
        Fixed32 = 5,
    }

    public string Text => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>The messages, or texts, of a field.</summary>
    public IEnumerable<ProtobufMessage> All(int field) => Fields().Where(entry => entry.Number == field).Select(entry => new ProtobufMessage(entry.Content));

    /// <summary>The messages at the end of a path of fields.</summary>
    public IEnumerable<ProtobufMessage> At(params int[] path) =>
        path.Aggregate<int, IEnumerable<ProtobufMessage>>([this], (messages, field) => messages.SelectMany(message => message.All(field)));

    /// <summary>The number of a field; 0 if it is left out.</summary>
    public ulong Number(int field) => Fields().LastOrDefault(entry => entry.Number == field).Value;

    private IEnumerable<(int Number, ulong Value, ReadOnlyMemory<byte> Content)> Fields()
    {
        for (int at = 0; at < bytes.Length;)
        {
            ulong key = ReadVarint(ref at);
            ulong value = 0;
            ReadOnlyMemory<byte> content = default;
            switch ((WireType)(key & 7))
            {
                case WireType.Varint:
                    value = ReadVarint(ref at);
                    break;
                case WireType.Delimited:
                    int length = (int)ReadVarint(ref at);
                    content = bytes.Slice(at, length);
                    at += length;
                    break;
                case WireType.Fixed64:
                    at += 8;
                    break;
                case WireType.Fixed32:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException("This is no protobuf message.");
            }

            yield return ((int)(key >> 3), value, content);
        }
    }

    private ulong ReadVarint(ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes.Span[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
