using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Azker.Azurite;

/// <summary>A running Azurite, on free ports of the loopback address, that keeps everything in memory.</summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    /// <summary>The account of every Azurite.</summary>
    private const string Account = "devstoreaccount1";

    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<int> _blobPort = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _queuePort = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _tablePort = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AzuriteServer(string script)
    {
        _process = AzuritePackage.Start(new ProcessStartInfo("node", [
            script, "--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck",
            "--blobHost", "127.0.0.1", "--blobPort", "0", "--queueHost", "127.0.0.1", "--queuePort", "0", "--tableHost", "127.0.0.1", "--tablePort", "0"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        _process.EnableRaisingEvents = true;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => Ended();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int ProcessId => _process.Id;

    public int BlobPort => _blobPort.Task.Result;

    public int QueuePort => _queuePort.Task.Result;

    public int TablePort => _tablePort.Task.Result;

    public string ConnectionString => ConnectionStringTo(BlobPort);

    /// <summary>Installs Azurite if necessary, starts it, and waits until it listens.</summary>
    public static async Task<AzuriteServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new AzuriteServer(await AzuritePackage.InstallAsync(cancellationToken));
        try
        {
            await Task.WhenAll(server._blobPort.Task, server._queuePort.Task, server._tablePort.Task).WaitAsync(StartLimit, TimeProvider.System, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection string of this server with the ports of the proxies in front of its blobs, its tables and its queues.</summary>
    public string ConnectionStringTo(int blobPort, int? tablePort = null, int? queuePort = null) => string.Create(CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};TableEndpoint=http://127.0.0.1:{tablePort ?? TablePort}/{Account};QueueEndpoint=http://127.0.0.1:{queuePort ?? QueuePort}/{Account};");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            TaskCompletionSource<int>? port = match.Groups["service"].Value switch
            {
                "Blob" => _blobPort,
                "Queue" => _queuePort,
                "Table" => _tablePort,
                _ => null,
            };
            port?.TrySetResult(int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture));
        }
    }

    private void Ended()
    {
        var failure = new InvalidOperationException($"Azurite ended by itself. Its output:\n{string.Join('\n', _output)}");
        _blobPort.TrySetException(failure);
        _queuePort.TrySetException(failure);
        _tablePort.TrySetException(failure);
    }

    [GeneratedRegex(@"^Azurite (?<service>\w+) service is successfully listening at http://.*:(?<port>\d+)$")]
    private static partial Regex Listening();
}
