using System.Text.Json;
using Azker.Core.Overview;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;
using Spectre.Console;

namespace Azker.PollingFallback.Commands.Status;

/// <summary><c>status --watch</c>: the status, read again every 2 s, with the course of two numbers.</summary>
internal static class StatusWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(StatusReader reader, bool json, CancellationToken cancellationToken)
    {
        if (json || Console.IsOutputRedirected)
        {
            return await PrintAsync(reader, json, cancellationToken);
        }

        var pending = new Sparkline();
        var settled = new Sparkline();
        await AnsiConsole.Live(new Text("")).StartAsync(async live =>
        {
            long? before = null;
            await EachAsync(reader, report =>
            {
                long now = report.Instances.Sum(instance => instance.Record.Settled);
                pending.Add(report.Webhook?.PendingUpdateCount ?? 0);
                settled.Add(Math.Max(0, now - (before ?? now)));
                before = now;
                live.UpdateTarget(new Text($"{StatusText.Format(report)}\n\n{Texts.WebhookPending}  {pending}\n{Texts.InstanceSettled}  {settled}"));
                return Task.CompletedTask;
            }, cancellationToken);
        });
        return ExitCode.Stopped;
    }

    /// <summary>Prints each status below the one before, for a file or a program.</summary>
    private static async Task<int> PrintAsync(StatusReader reader, bool json, CancellationToken cancellationToken)
    {
        await EachAsync(
            reader,
            report => Console.Out.WriteLineAsync(json ? JsonSerializer.Serialize(report, CommandJsonContext.Default.StatusReport) : StatusText.Format(report) + "\n"),
            cancellationToken);
        return ExitCode.Stopped;
    }

    private static async Task EachAsync(StatusReader reader, Func<StatusReport, Task> show, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await show(await reader.ReadAsync(cancellationToken));
                await Task.Delay(Interval, TimeProvider.System, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }
}
