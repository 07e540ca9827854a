using System.Collections.Concurrent;
using System.Diagnostics;
using Azker.Core.Tests.Shared;

namespace Azker.Functions.Tests.Hosting;

/// <summary>An app as a real process, with only the given settings.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>The variables with which a process finds the runtime and its temporary directory.</summary>
    private static readonly string[] Kept = ["PATH", "HOME", "DOTNET_ROOT", "TMPDIR"];

    private readonly Process _process = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private WorkerProcess(WorkerApp app, string hostUrl, string workerId, IEnumerable<(string Name, string Value)> settings)
    {
        _process.StartInfo = new ProcessStartInfo("dotnet",
        [
            app.Assembly,
            "--functions-uri", hostUrl,
            "--functions-worker-id", workerId,
            "--functions-request-id", Guid.NewGuid().ToString(),
            "--functions-grpc-max-message-length", "2147483647",
        ])
        {
            WorkingDirectory = app.Directory,
            RedirectStandardError = true,
        };
        foreach (string name in _process.StartInfo.Environment.Keys.Except(Kept).ToArray())
        {
            _process.StartInfo.Environment.Remove(name);
        }

        foreach ((string name, string value) in settings.Append(("FUNCTIONS_APPLICATION_DIRECTORY", app.Directory)))
        {
            _process.StartInfo.Environment[name] = value;
        }

        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
    }

    /// <summary>The timestamp of a moment just after the start.</summary>
    public long StartedAt { get; private set; }

    public string Errors => string.Join('\n', _errors);

    public static WorkerProcess Start(WorkerApp app, string hostUrl, string workerId, params IEnumerable<(string Name, string Value)> settings)
    {
        var worker = new WorkerProcess(app, hostUrl, workerId, settings);
        worker._process.Start();
        worker.StartedAt = TimeProvider.System.GetTimestamp();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    public async Task<int> Exit()
    {
        await Eventually.Completes(_process.WaitForExitAsync(TestContext.Current.CancellationToken));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        // A worker does not end by itself when its host is gone.
        if (!_process.HasExited)
        {
            _process.Kill();
            await Exit();
        }

        _process.Dispose();
    }
}
