using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;

namespace Azker.Core.Instances;

/// <summary>Keeps each record as a file <c>{DATA_DIR}/instances/{bot id}/{instance}.json</c>.</summary>
internal sealed class InstanceFiles(AzkerOptions options) : IInstanceRecordStore
{
    private const string Suffix = ".json";

    private readonly string _directory = Path.Combine(
        options.Storage.DataDirectory, "instances", options.Bot.Token.BotId.ToString(CultureInfo.InvariantCulture));

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    public Task WriteAsync(InstanceRecord record, CancellationToken cancellationToken) => RunAsync(() =>
    {
        Directory.CreateDirectory(_directory);
        AtomicFile.Write(PathOf(record.Instance), JsonSerializer.SerializeToUtf8Bytes(record, InstanceJsonContext.Default.InstanceRecord));
    });

    public async IAsyncEnumerable<InstanceRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] paths = [];
        await RunAsync(() => paths = Directory.Exists(_directory) ? Directory.GetFiles(_directory, $"*{Suffix}") : []);
        foreach (string path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Read(path) is { } record)
            {
                yield return record;
            }
        }
    }

    public Task RemoveAsync(string instance, CancellationToken cancellationToken) => RunAsync(() =>
    {
        if (Directory.Exists(_directory))
        {
            File.Delete(PathOf(instance));
        }
    });

    private string PathOf(string instance) => Path.Combine(_directory, instance + Suffix);

    /// <summary>An instance may remove its record between the list and the reading.</summary>
    private static InstanceRecord? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), InstanceJsonContext.Default.InstanceRecord);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Task RunAsync(Action action)
    {
        try
        {
            action();
            return Task.CompletedTask;
        }
        catch (UnauthorizedAccessException error)
        {
            return Task.FromException(new IOException(error.Message, error));
        }
        catch (IOException error)
        {
            return Task.FromException(error);
        }
    }
}
