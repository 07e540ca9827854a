using System.Globalization;

namespace Azker.Core.Locking.OsLock;

internal enum Liveness
{
    /// <summary>The process provably runs.</summary>
    Alive,

    /// <summary>The process has provably ended.</summary>
    Dead,

    /// <summary>Nothing can be proven from here: the process is on another machine or in another PID namespace, or too little is known.</summary>
    Unknown,
}

/// <summary>
/// Identifies a process among all processes that ever ran, as far as the system allows: a PID is reused after a crash, a
/// reboot or the restart of a container.
/// </summary>
/// <param name="ProcessId">The PID, in its own PID namespace.</param>
/// <param name="StartTicks">Field 22 of <c>/proc/PID/stat</c>: clock ticks from boot to start. Absent where there is no /proc.</param>
/// <param name="Boot">The kernel's boot id; equal ids mean the same running kernel.</param>
/// <param name="PidNamespace">The inode number of the PID namespace.</param>
/// <param name="Machine"><c>/etc/machine-id</c>; may be absent, and may be part of an image.</param>
/// <param name="Host">The host name; a container has its own by default.</param>
internal sealed record ProcessIdentity(
    int ProcessId, string? StartTicks, string? Boot, string? PidNamespace, string? Machine, string Host)
{
    public static ProcessIdentity Current { get; } = new(
        Environment.ProcessId,
        ReadStart("self")?.Ticks,
        ReadLine("/proc/sys/kernel/random/boot_id"),
        OperatingSystem.IsLinux() ? FileStat.OfPath("/proc/self/ns/pid", followLink: true)?.Identity.Number.ToString(CultureInfo.InvariantCulture) : null,
        ReadLine("/etc/machine-id"),
        Environment.MachineName);

    /// <summary>When this process started, by the wall clock of that time. People read it; it is no part of the identity.</summary>
    public static DateTimeOffset CurrentStart { get; } = ReadCurrentStart();

    /// <summary>Whether <paramref name="other"/> runs, as far as this process can prove.</summary>
    public Liveness LivenessOf(ProcessIdentity other)
    {
        if (Boot is null || other.Boot is null)
        {
            return LivenessWithoutProc(other);
        }

        if (Boot != other.Boot)
        {
            return Machine is not null && Machine == other.Machine && Host == other.Host ? Liveness.Dead : Liveness.Unknown;
        }

        if (PidNamespace is not null && PidNamespace == other.PidNamespace)
        {
            return LivenessInSameNamespace(other);
        }

        // A restarted container has a new namespace, and its first process has the same PID again.
        return Host == other.Host && ProcessId == other.ProcessId ? Liveness.Dead : Liveness.Unknown;
    }

    private Liveness LivenessInSameNamespace(ProcessIdentity other)
    {
        if (other.StartTicks is null || StartTicks is null)
        {
            return Liveness.Unknown;
        }

        return ReadStart(other.ProcessId.ToString(CultureInfo.InvariantCulture)) is { IsGone: false } start && start.Ticks == other.StartTicks
            ? Liveness.Alive
            : Liveness.Dead;
    }

    /// <summary>Without boot id and start ticks, only an unused PID is a proof.</summary>
    private Liveness LivenessWithoutProc(ProcessIdentity other)
    {
        if (Boot is not null || other.Boot is not null || Host != other.Host)
        {
            return Liveness.Unknown;
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(other.ProcessId);
            return Liveness.Unknown;
        }
        catch (ArgumentException)
        {
            return Liveness.Dead;
        }
    }

    private static (string Ticks, bool IsGone)? ReadStart(string process)
    {
        // The command name, in parentheses, may itself contain spaces and parentheses.
        string? stat = ReadLine($"/proc/{process}/stat");
        string[]? fields = stat?[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is { Length: > 19 } ? (fields[19], fields[0] is "Z" or "X") : null;
    }

    private static DateTimeOffset ReadCurrentStart()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }

    private static string? ReadLine(string path)
    {
        try
        {
            string text = File.ReadAllText(path).Trim();
            return text.Length > 0 ? text : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
