namespace Azker.BotApi.Requests;

/// <summary>A file from a multipart form.</summary>
internal sealed record UploadedFile(byte[] Content);
