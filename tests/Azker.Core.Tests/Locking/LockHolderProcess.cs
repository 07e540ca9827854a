using System.Collections.Concurrent;
using System.Diagnostics;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking;

/// <summary>A running <c>Azker.LockHolder</c>: a real process that a test stops, pauses or kills.</summary>
internal sealed class LockHolderProcess : IAsyncDisposable
{
    private readonly Process _process = new();
    private readonly ConcurrentQueue<string> _lines = new();

    private LockHolderProcess(IEnumerable<string> arguments, bool hasNoOsLocks)
    {
        // A test run in the background of a script inherits an ignored SIGINT and passes it on, so the signals get their default actions.
        _process.StartInfo = new ProcessStartInfo("env", ["--default-signal", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "Azker.LockHolder.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Otherwise the runtime keeps its own code in a file, and a limit on the size of files applies to that file too.
        _process.StartInfo.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        if (hasNoOsLocks)
        {
            _process.StartInfo.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1";
        }

        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
    }

    public int Id => _process.Id;

    public static LockHolderProcess Start(string directory, params string[] arguments) => Start(directory, hasNoOsLocks: false, arguments);

    public static LockHolderProcess Start(string directory, bool hasNoOsLocks, params string[] arguments)
    {
        var holder = new LockHolderProcess([directory, .. arguments], hasNoOsLocks);
        holder.Run();
        return holder;
    }

    /// <summary>Starts a holder of a blob lease instead of a PID file.</summary>
    public static LockHolderProcess StartWithStorage(string connectionString, string directory, IEnumerable<string> arguments)
    {
        var holder = new LockHolderProcess([directory, .. arguments], hasNoOsLocks: false);
        holder._process.StartInfo.Environment["AZKER_LOCK_HOLDER_STORAGE"] = connectionString;
        holder.Run();
        return holder;
    }

    /// <returns>The first line that starts with any of the words.</returns>
    public async Task<string> Says(params string[] words)
    {
        string? line = null;
        await Eventually.IsTrue(
            () => (line = _lines.FirstOrDefault(said => words.Any(word => said.StartsWith(word, StringComparison.Ordinal)))) is not null,
            $"process {Id} says '{string.Join("' or '", words)}'; it said: {string.Join(" | ", _lines)}");
        return line!;
    }

    public Task Do(string command) => _process.StandardInput.WriteLineAsync(command);

    public Task Signal(string signal) => Send(signal, Id);

    public async Task<int> Exit()
    {
        await Eventually.Completes(_process.WaitForExitAsync(TestContext.Current.CancellationToken));
        return _process.ExitCode;
    }

    public async Task Kill()
    {
        _process.Kill();
        await Exit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Kill();
        }

        _process.Dispose();
    }

    public static Task Send(string signal, int processId) => Shell.Output(FormattableString.Invariant($"kill -{signal} {processId}"));

    private void Run()
    {
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Add(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }
}
