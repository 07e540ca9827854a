using System.Text.Json;
using System.Text.Json.Serialization;

namespace Azker.Core.Locking.Machine;

/// <summary>The holder of the lock of the machine, as other processes read it.</summary>
internal static class HolderJson
{
    public static byte[] Write(LockHolder holder) => JsonSerializer.SerializeToUtf8Bytes(holder, HolderJsonContext.Default.LockHolder);

    /// <param name="json">The text of the holder.</param>
    /// <param name="seenProcessId">Its PID as seen from here; 0 when that is not known.</param>
    public static LockHolder? Read(ReadOnlySpan<byte> json, int seenProcessId)
    {
        try
        {
            LockHolder? holder = JsonSerializer.Deserialize(json, HolderJsonContext.Default.LockHolder);
            return seenProcessId > 0 && holder is not null ? holder with { ProcessId = seenProcessId } : holder;
        }
        catch (JsonException)
        {
            return Unknown(seenProcessId);
        }
    }

    /// <summary>A holder of whom only the PID is known.</summary>
    public static LockHolder? Unknown(int processId)
    {
        if (processId <= 0)
        {
            return null;
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(processId);
            DateTimeOffset start = process.StartTime.ToUniversalTime();
            return new LockHolder(processId, Environment.MachineName, "", BotId: 0, Epoch: 0, start, start, "");
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LockHolder))]
internal sealed partial class HolderJsonContext : JsonSerializerContext;
