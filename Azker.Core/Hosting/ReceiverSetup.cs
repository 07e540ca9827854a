using Azker.Core.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Hosting;

/// <summary>Lets a host add services to the container of a bot. Of several services of a type, the last one counts.</summary>
/// <param name="options">The options of the bot, complete and valid.</param>
/// <param name="receiver">The services of the bot's container.</param>
internal delegate void ReceiverSetup(AzkerOptions options, IServiceCollection receiver);
