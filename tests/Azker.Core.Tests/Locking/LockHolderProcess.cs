using System.Collections.Concurrent;
using System.Diagnostics;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking;

/// <summary>A running <c>Azker.LockHolder</c>: a real process that can be stopped, paused and killed.</summary>
internal sealed class LockHolderProcess : IAsyncDisposable
{
    private readonly Process _process = new();
    private readonly ConcurrentQueue<string> _lines = new();

    private LockHolderProcess(IEnumerable<string> arguments, bool hasNoOsLocks)
    {
        // The signals' default actions, since a test run in the background of a script inherits SIGINT ignored, and passes that on.
        _process.StartInfo = new ProcessStartInfo("env", ["--default-signal", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "Azker.LockHolder.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Otherwise the runtime keeps its own code in a file, to which a limit on the size of files applies too.
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

    /// <summary>Starts it on a blob, instead of on a PID file.</summary>
    public static LockHolderProcess StartWithStorage(string connectionString, string directory, IEnumerable<string> arguments)
    {
        var holder = new LockHolderProcess([directory, .. arguments], hasNoOsLocks: false);
        holder._process.StartInfo.Environment["AZKER_LOCK_HOLDER_STORAGE"] = connectionString;
        holder.Run();
        return holder;
    }

    /// <returns>The first line that starts with one of the words.</returns>
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
