namespace Azker.Demo.Story;

/// <summary>A console of the story.</summary>
/// <param name="Name">The name of the console.</param>
/// <param name="Duty">The task of the console.</param>
/// <param name="Webhook">The scheme, address and port of the webhook.</param>
internal sealed record Role(string Name, Duty Duty, string Webhook);
