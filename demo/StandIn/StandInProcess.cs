using Azker.Demo.Processes;
using Azker.Processes;

namespace Azker.Demo.StandIn;

/// <summary>The process of the stand-in for Telegram's Bot API server.</summary>
internal sealed class StandInProcess : IAsyncDisposable
{
    private const string Program = "Azker.BotApi";
    private const string Announcement = "Listening on ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);

    private readonly ChildProcess _process;

    private StandInProcess(ChildProcess process) => _process = process;

    /// <summary>One base URL for each port.</summary>
    public IReadOnlyList<string> Urls =>
        [.. _process.Output.Where(line => line.StartsWith(Announcement, StringComparison.Ordinal)).Select(line => line[Announcement.Length..])];

    public static async Task<StandInProcess> StartAsync(string directory, int ports, TimeProvider time, CancellationToken cancellationToken)
    {
        // As a local server, the stand-in calls a webhook on this machine without TLS.
        IEnumerable<string> arguments = ["--local", .. Enumerable.Repeat<string[]>(["--port", "0"], ports).SelectMany(argument => argument)];
        var standIn = new StandInProcess(ChildProcess.Start(Program, directory, new Dictionary<string, string>(), arguments));
        try
        {
            await Until.TrueAsync(
                () => standIn.Urls.Count == ports || standIn._process.HasExited, "The stand-in opens its ports", StartLimit, time, cancellationToken);
            standIn.EnsureRuns();
            return standIn;
        }
        catch
        {
            await standIn.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="DemoFailedException">The stand-in has ended.</exception>
    public void EnsureRuns()
    {
        if (_process.HasExited)
        {
            throw new DemoFailedException($"The stand-in ended by itself. Its last output: {string.Join(Environment.NewLine, _process.Output.TakeLast(10))}");
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
