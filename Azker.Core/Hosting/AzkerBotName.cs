namespace Azker.Core.Hosting;

/// <summary>The name of a bot that the application has added.</summary>
internal sealed record AzkerBotName(string Name);
