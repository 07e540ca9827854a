using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Azker.Azurite;

namespace Azker.Benchmarks.Locking;

/// <summary>A line of a process's output, and the time at which it arrived.</summary>
internal readonly record struct Said(string Line, long At);

/// <summary>A process of <c>Azker.LockHolder</c>.</summary>
internal sealed class LockHolderProcess : IAsyncDisposable
{
    private const string StorageVariable = "AZKER_LOCK_HOLDER_STORAGE";

    private readonly Channel<Said> _lines = Channel.CreateUnbounded<Said>();
    private readonly Process _process;

    public LockHolderProcess(FaultProxy proxy, string connectionString, IEnumerable<string> arguments)
    {
        Proxy = proxy;
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Azker.LockHolder.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[StorageVariable] = connectionString;
        _process = Process.Start(start)!;

        // Each process has its own thread that reads its output: a busy thread pool would delay the time of a line.
        new Thread(ReadLines) { IsBackground = true }.Start();
    }

    public FaultProxy Proxy { get; }

    /// <summary>Whether a line that was read so far says that the process lost the lock.</summary>
    public bool HasLost { get; private set; }

    /// <returns>The next line that starts with the word.</returns>
    public async Task<Said> WaitForAsync(string word, CancellationToken cancellationToken)
    {
        await foreach (Said said in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            HasLost |= said.Line.StartsWith("lost", StringComparison.Ordinal);
            if (said.Line.StartsWith(word, StringComparison.Ordinal))
            {
                return said;
            }
        }

        throw new InvalidOperationException($"The process ended without saying '{word}'.");
    }

    /// <summary>Reads the lines that have arrived.</summary>
    /// <returns>Whether the process has ever said that it lost the lock.</returns>
    public bool SaidLost()
    {
        while (_lines.Reader.TryRead(out Said said))
        {
            HasLost |= said.Line.StartsWith("lost", StringComparison.Ordinal);
        }

        return HasLost;
    }

    public void Do(string command) => _process.StandardInput.WriteLine(command);

    public void Kill() => _process.Kill();

    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("kill", [string.Create(CultureInfo.InvariantCulture, $"-{signal}"), _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        await Proxy.DisposeAsync();
    }

    private void ReadLines()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            _lines.Writer.TryWrite(new Said(line, TimeProvider.System.GetTimestamp()));
        }

        _lines.Writer.TryComplete();
    }
}
