using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Azker.Conventions.Tests.Rooms;

/// <summary>Reads the instructions of a compiled method.</summary>
internal static class MethodCode
{
    private const byte Prefix = 0xFE;

    private static readonly Dictionary<ushort, OpCode> Known = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (ushort)code.Value);

    /// <summary>The types, fields and methods that the instructions of a method name.</summary>
    public static IEnumerable<MemberInfo> Members(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int at = 0; at < code.Length;)
        {
            OpCode instruction = Known[code[at] == Prefix ? (ushort)((Prefix << 8) | code[at + 1]) : code[at]];
            at += instruction.Size;
            if (Member(method, instruction, code.AsSpan(at)) is { } member)
            {
                yield return member;
            }

            at += OperandSize(instruction, code.AsSpan(at));
        }
    }

    private static MemberInfo? Member(MethodBase method, OpCode instruction, ReadOnlySpan<byte> operand) => instruction.OperandType switch
    {
        OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType =>
            method.Module.ResolveMember(
                BinaryPrimitives.ReadInt32LittleEndian(operand),
                method.DeclaringType?.GetGenericArguments(),
                method.IsGenericMethod ? method.GetGenericArguments() : null),
        OperandType.InlineSig => throw new NotSupportedException($"{method.DeclaringType}.{method.Name} calls a function pointer, which is not read yet."),
        _ => null,
    };

    private static int OperandSize(OpCode instruction, ReadOnlySpan<byte> operand) => instruction.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(operand)),
        _ => 4,
    };
}
