namespace Azker.Demo.Users;

/// <summary>A message of a user, and its right answer.</summary>
internal sealed record Question(long Chat, string Text, string Answer);
