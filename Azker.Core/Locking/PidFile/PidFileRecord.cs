using System.Globalization;
using System.Text;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.PidFile;

/// <summary>
/// The content of <c>bot.pid</c>: the bare PID on the first line, so that <c>kill $(head -1 bot.pid)</c> works, then
/// <c>key: value</c> lines. Every line is required, and so is the last line break, so that a partial text is never taken
/// for a whole record.
/// </summary>
internal sealed record PidFileRecord(LockHolder Holder, ProcessIdentity Process)
{
    public string ToText() => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"{Holder.ProcessId}\n")
        .Append(CultureInfo.InvariantCulture, $"host: {Holder.Host}\n")
        .Append(CultureInfo.InvariantCulture, $"instance: {Holder.Instance}\n")
        .Append(CultureInfo.InvariantCulture, $"bot: {Holder.BotId}\n")
        .Append(CultureInfo.InvariantCulture, $"epoch: {Holder.Epoch}\n")
        .Append(CultureInfo.InvariantCulture, $"started: {Holder.StartedAt.UtcDateTime:O}\n")
        .Append(CultureInfo.InvariantCulture, $"since: {Holder.Since.UtcDateTime:O}\n")
        .Append(CultureInfo.InvariantCulture, $"version: {Holder.Version}\n")
        .Append(CultureInfo.InvariantCulture, $"start-ticks: {Process.StartTicks}\n")
        .Append(CultureInfo.InvariantCulture, $"boot: {Process.Boot}\n")
        .Append(CultureInfo.InvariantCulture, $"pid-namespace: {Process.PidNamespace}\n")
        .Append(CultureInfo.InvariantCulture, $"machine: {Process.Machine}\n")
        .ToString();

    /// <returns>The record, or <see langword="null"/> when <paramref name="text"/> is not a whole record.</returns>
    public static PidFileRecord? Parse(string text)
    {
        string[] lines = text.Split('\n');
        if (lines[^1].Length > 0 || !int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) || pid == 0)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in lines[1..^1])
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0 || !values.TryAdd(line[..colon], line[(colon + 2)..]))
            {
                return null;
            }
        }

        return Build(pid, values);
    }

    private static PidFileRecord? Build(int pid, Dictionary<string, string> values)
    {
        if (!values.TryGetValue("host", out string? host)
            || !values.TryGetValue("instance", out string? instance)
            || !TryGetNumber(values, "bot", out long bot)
            || !TryGetNumber(values, "epoch", out long epoch)
            || !TryGetTime(values, "started", out DateTimeOffset started)
            || !TryGetTime(values, "since", out DateTimeOffset since)
            || !values.TryGetValue("version", out string? version)
            || !values.TryGetValue("start-ticks", out string? ticks)
            || !values.TryGetValue("boot", out string? boot)
            || !values.TryGetValue("pid-namespace", out string? pidNamespace)
            || !values.TryGetValue("machine", out string? machine))
        {
            return null;
        }

        return new PidFileRecord(
            new LockHolder(pid, host, instance, bot, epoch, started, since, version),
            new ProcessIdentity(pid, NullIfEmpty(ticks), NullIfEmpty(boot), NullIfEmpty(pidNamespace), NullIfEmpty(machine), host));
    }

    private static bool TryGetNumber(Dictionary<string, string> values, string key, out long number)
    {
        number = 0;
        return values.TryGetValue(key, out string? value) && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryGetTime(Dictionary<string, string> values, string key, out DateTimeOffset time)
    {
        time = default;
        return values.TryGetValue(key, out string? value)
            && DateTimeOffset.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    private static string? NullIfEmpty(string value) => value.Length > 0 ? value : null;
}
