using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Hosting;

/// <summary>Services that replace services of Azker in a bot's own container, for hosts and tests in this repository.</summary>
internal sealed record ReceiverOverride(Action<IServiceCollection> Configure);
