using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Hosting;

/// <summary>Services of a bot's own container that go before those of Azker, for hosts and tests in this repository.</summary>
internal sealed record ReceiverOverride(Action<IServiceCollection> Configure);
