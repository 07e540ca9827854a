using System.Collections.Concurrent;
using System.Diagnostics;
using Azker.Core.Tests.Shared;

namespace Azker.Packages.Tests.Shared;

/// <summary>A process whose output is collected, and which ends with the test.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>The variables with which a process finds the runtime and its temporary directory.</summary>
    private static readonly string[] Kept = ["PATH", "HOME", "DOTNET_ROOT", "TMPDIR"];

    private readonly Process _process = new();
    private readonly ConcurrentQueue<string> _output = new();

    private ChildProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process.StartInfo = start;
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
    }

    public string Output => string.Join('\n', _output);

    public static ChildProcess Start(ProcessStartInfo start)
    {
        var child = new ChildProcess(start);
        child._process.Start();
        child._process.StandardInput.Close();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Starts a program with only the given settings.</summary>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, string directory, params IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory };
        foreach (string name in start.Environment.Keys.Except(Kept).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        return Start(start);
    }

    public async Task<int> ExitAsync(TimeSpan patience)
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(patience, TimeProvider.System, CancellationToken.None);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Eventually.Patience, TimeProvider.System, CancellationToken.None);
        }

        _process.Dispose();
    }
}
