using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Azker.Core.Tests.Shared;

namespace Azker.PollingFallback.Tests.Shared;

/// <summary>A running console: a real process in a directory of its own, with only the settings that the test gives.</summary>
internal sealed class ConsoleProcess : IAsyncDisposable
{
    private static readonly string[] Prefixes = ["TELEGRAM_", "AZKER_", "LC_", "LANG", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "WEBHOOK_", "ACKNOWLEDGE_", "HEALTH_", "LOCK_", "MAX_", "HANDLER_", "POLL_", "AZUREWEBJOBS", "DATA_DIR", "USE_WEBHOOK", "SHUTDOWN_", "ALLOWED_", "DEAD_", "FALLBACK_", "DASHBOARD_", "UPDATE_", "LOGGING__", "LOG_", "OTEL_", "APPLICATIONINSIGHTS_"];

    private readonly Process _process = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private ConsoleProcess(string program, string directory, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> settings)
    {
        // A test run in the background of a script inherits SIGINT as ignored and would pass that on, so env restores the default actions.
        _process.StartInfo = new ProcessStartInfo(
            "env", ["--default-signal", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            string name = (string)variable.Key;
            if (Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                _process.StartInfo.Environment.Remove(name);
            }
        }

        foreach ((string name, string value) in settings.Prepend(("DATA_DIR", Path.Combine(directory, "data"))))
        {
            _process.StartInfo.Environment[name] = value;
        }

        _process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
    }

    public int Id => _process.Id;

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    public bool HasExited => _process.HasExited;

    /// <param name="program">The name of the program's assembly, without <c>.dll</c>.</param>
    /// <param name="directory">The working directory.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="settings">The settings, in the environment.</param>
    public static ConsoleProcess Start(string program, string directory, string[] arguments, params (string Name, string Value)[] settings)
    {
        var console = new ConsoleProcess(program, directory, arguments, settings);
        console._process.Start();
        console._process.BeginOutputReadLine();
        console._process.BeginErrorReadLine();
        return console;
    }

    public Task Receives() => Says("Polling for bot 123456");

    public Task Says(string text) => Eventually.IsTrue(
        () => Output.Contains(text, StringComparison.Ordinal),
        $"the console says '{text}'; it said:\n{Output}\n{Errors}");

    public Task Signal(string signal) => Shell.Output(string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {Id}"));

    public async Task<int> Exit()
    {
        await Eventually.Completes(_process.WaitForExitAsync(TestContext.Current.CancellationToken));
        return _process.ExitCode;
    }

    public async Task<int> Stop()
    {
        await Signal("TERM");
        return await Exit();
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

    private static void Add(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}
