using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Azker.BotApi.Requests;

/// <summary>Reads the arguments of a call: the query string first, then a form, multipart or JSON body.</summary>
internal static class ArgumentReader
{
    private const int MaxParameterBytes = 1 << 20;

    /// <exception cref="BadHttpRequestException">The body is too large (413).</exception>
    public static async Task<RequestArguments> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var arguments = new RequestArguments();
        foreach ((string name, StringValues values) in request.Query)
        {
            arguments.Add(name, values[0] ?? "");
        }

        string contentType = request.ContentType ?? "";
        if (contentType.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            await AddFormAsync(arguments, request, cancellationToken);
        }
        else if (contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            JsonArguments.AddTo(arguments, await ReadBodyAsync(request, cancellationToken));
        }
        else if (contentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            byte[] body = await ReadBodyAsync(request, cancellationToken);
            foreach ((string name, StringValues values) in QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(body)))
            {
                arguments.Add(name, values[0] ?? "");
            }
        }

        return arguments;
    }

    private static async Task AddFormAsync(RequestArguments arguments, HttpRequest request, CancellationToken cancellationToken)
    {
        IFormCollection form = await request.ReadFormAsync(cancellationToken);
        foreach ((string name, StringValues values) in form)
        {
            arguments.Add(name, values[0] ?? "");
        }

        foreach (IFormFile file in form.Files)
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, cancellationToken);
            arguments.Add(file.Name, new UploadedFile(content.ToArray()));
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        byte[] buffer = new byte[16 << 10];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            body.Write(buffer.AsSpan(0, read));
            if (body.Length > MaxParameterBytes)
            {
                throw new BadHttpRequestException("The parameters are larger than 1 MiB.", StatusCodes.Status413PayloadTooLarge);
            }
        }

        return body.ToArray();
    }
}
