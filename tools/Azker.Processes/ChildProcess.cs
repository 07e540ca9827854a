using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Azker.Processes;

/// <summary>A process that runs a program of this repository, and is killed when it is disposed.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>The variables that a child inherits: no setting of the user reaches it, above all no real bot token.</summary>
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"];

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly List<string> _output = [];

    private ChildProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_gate)
            {
                return [.. _output];
            }
        }
    }

    /// <param name="program">The name of the program's assembly, without <c>.dll</c>; the file is beside the running program.</param>
    /// <param name="directory">The working directory.</param>
    /// <param name="settings">The environment.</param>
    /// <param name="arguments">The command line.</param>
    public static ChildProcess Start(string program, string directory, IReadOnlyDictionary<string, string> settings, params IEnumerable<string> arguments)
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, $"{program}.dll");
        var start = new ProcessStartInfo(DotnetHost(), ["exec", assembly, .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Except(Inherited).ToList())
        {
            start.Environment.Remove(name);
        }

        // A killed process would leave the pipes for its debugger in the temp directory.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(start);
    }

    /// <summary>Sends SIGKILL.</summary>
    public void Kill() => _process.Kill();

    public void Send(int signal) => Signal.Send(Id, signal);

    /// <returns>The exit code; the output is complete by then.</returns>
    /// <exception cref="TimeoutException">The process still runs.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(limit, time, cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The path of the dotnet host that runs this program: three levels above the shared framework.</summary>
    private static string DotnetHost() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_gate)
            {
                _output.Add(line);
            }
        }
    }
}
