using Azker.Core.Configuration;
using Azker.Core.Handling;
using Azker.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Shared;

/// <summary>Core with its services as a host builds it, with the test's own data directory and clock.</summary>
internal sealed class Services : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public Services(IEnumerable<(string Name, string? Value)> settings, params IBotHandler[] handlers)
        : this(settings, new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)), handlers)
    {
    }

    public Services(IEnumerable<(string Name, string? Value)> settings, TimeProvider time, params IBotHandler[] handlers)
        : this(settings, time, options => options, services => Array.ForEach(handlers, handler => services.AddKeyedSingleton("", HandlerRegistration.Of(handler))))
    {
    }

    /// <param name="settings">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="order">Sets the options that only a command line sets.</param>
    /// <param name="configure">Adds services, which replace those of Core.</param>
    public Services(
        IEnumerable<(string Name, string? Value)> settings, TimeProvider time, Func<AzkerOptions, AzkerOptions> order, Action<IServiceCollection> configure)
    {
        AzkerOptions options = order(Settings.Read([.. settings, (SettingNames.DataDirectory, Data.FullPath)]));
        IServiceCollection services = new ServiceCollection().AddLogging().AddSingleton(time).AddReceiver(options);
        configure(services);
        _provider = services.BuildServiceProvider();
    }

    public TempDirectory Data { get; } = new();

    public FakeTimeProvider Time => (FakeTimeProvider)Get<TimeProvider>();

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>The raw JSON of the dead letters.</summary>
    public IReadOnlyList<string> DeadLetters() => Directory.Exists(Data["dead-letters"])
        ? [.. Directory.GetFiles(Data["dead-letters"], "*.json", SearchOption.AllDirectories).Where(file => !file.EndsWith(".reason.json", StringComparison.Ordinal)).Select(File.ReadAllText)]
        : [];

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        Data.Dispose();
    }
}
