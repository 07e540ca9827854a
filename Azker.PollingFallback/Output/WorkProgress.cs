using System.Globalization;
using Azker.PollingFallback.Language;
using Spectre.Console;

namespace Azker.PollingFallback.Output;

/// <summary>
/// Shows on the standard error how far a command on many updates is, so that the standard output has results alone: a bar on a
/// terminal, otherwise a line now and then.
/// </summary>
internal sealed class WorkProgress
{
    /// <summary>Long enough that a log stays short.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly int _total;
    private readonly TextWriter _errors;
    private readonly TimeProvider _time;
    private readonly Func<string, Task> _write;
    private readonly ProgressTask? _bar;
    private long _saidAt;
    private int _done;

    private WorkProgress(int total, TextWriter errors, TimeProvider time, Func<string, Task> write, ProgressTask? bar)
    {
        (_total, _errors, _time, _write, _bar) = (total, errors, time, write, bar);
        _saidAt = time.GetTimestamp();
    }

    /// <summary>Runs work on the console.</summary>
    /// <param name="total">The number of updates.</param>
    /// <param name="work">The work, which calls <see cref="StepAsync"/> after each update.</param>
    public static Task<T> RunAsync<T>(int total, Func<WorkProgress, Task<T>> work) => RunAsync(
        total,
        Console.IsErrorRedirected || total < 2 ? null : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }),
        isOutputSeen: !Console.IsOutputRedirected,
        Console.Error,
        TimeProvider.System,
        work);

    /// <param name="total">The number of updates.</param>
    /// <param name="terminal">The terminal of the standard error; <see langword="null"/> for none.</param>
    /// <param name="isOutputSeen">Whether results go to the same terminal, and have to be written above the bar.</param>
    /// <param name="errors">The standard error.</param>
    /// <param name="time">The clock.</param>
    /// <param name="work">The work.</param>
    public static async Task<T> RunAsync<T>(
        int total, IAnsiConsole? terminal, bool isOutputSeen, TextWriter errors, TimeProvider time, Func<WorkProgress, Task<T>> work)
    {
        if (terminal is null)
        {
            return await work(new WorkProgress(total, errors, time, Console.Out.WriteLineAsync, bar: null));
        }

        return await terminal.Progress().AutoClear(true).Columns(new ProgressBarColumn(), new TaskDescriptionColumn(), new RemainingTimeColumn()).StartAsync(
            bars => work(new WorkProgress(total, errors, time, Write, bars.AddTask(Describe(0, total), maxValue: total))));

        Task Write(string line)
        {
            if (!isOutputSeen)
            {
                return Console.Out.WriteLineAsync(line);
            }

            terminal.WriteLine(line);
            return Task.CompletedTask;
        }
    }

    /// <summary>Writes a line of the result to the standard output.</summary>
    public Task WriteAsync(string line) => _write(line);

    /// <summary>Counts an update.</summary>
    public async Task StepAsync()
    {
        _done++;
        if (_bar is not null)
        {
            _bar.Increment(1);
            _bar.Description = Describe(_done, _total);
        }
        else if (_time.GetElapsedTime(_saidAt) >= Interval)
        {
            _saidAt = _time.GetTimestamp();
            await _errors.WriteLineAsync(Describe(_done, _total));
        }
    }

    private static string Describe(int done, int total) => Texts.FormatProgress(Number(done), Number(total));

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
