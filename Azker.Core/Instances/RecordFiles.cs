using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azker.Core.Configuration;
using Azker.Core.Infrastructure;

namespace Azker.Core.Instances;

/// <summary>Keeps small records as files <c>{DATA_DIR}/{folder}/{bot id}/{name}.json</c>.</summary>
internal sealed class RecordFiles<T>(AzkerOptions options, string folder, JsonTypeInfo<T> json)
    where T : class
{
    private const string Suffix = ".json";

    private readonly string _directory = Path.Combine(
        options.Storage.DataDirectory, folder, options.Bot.Token.BotId.ToString(CultureInfo.InvariantCulture));

    public Task WriteAsync(string name, T record) => RunAsync(() =>
    {
        Directory.CreateDirectory(_directory);
        AtomicFile.Write(PathOf(name), JsonSerializer.SerializeToUtf8Bytes(record, json));
        return true;
    });

    public Task<IReadOnlyList<string>> ListNamesAsync() => RunAsync<IReadOnlyList<string>>(
        () => Directory.Exists(_directory) ? [.. Directory.GetFiles(_directory, $"*{Suffix}").Select(path => Path.GetFileNameWithoutExtension(path))] : []);

    /// <returns>The record; <see langword="null"/> when it cannot be read, such as when it was removed after it was listed.</returns>
    public T? Find(string name)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(name)), json);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public Task RemoveAsync(string name) => RunAsync(() =>
    {
        if (Directory.Exists(_directory))
        {
            File.Delete(PathOf(name));
        }

        return true;
    });

    private string PathOf(string name) => Path.Combine(_directory, name + Suffix);

    private static Task<TResult> RunAsync<TResult>(Func<TResult> action)
    {
        try
        {
            return Task.FromResult(action());
        }
        catch (UnauthorizedAccessException error)
        {
            return Task.FromException<TResult>(new IOException(error.Message, error));
        }
        catch (IOException error)
        {
            return Task.FromException<TResult>(error);
        }
    }
}
