using Microsoft.AspNetCore.Http.Metadata;

namespace DigiHub.Web.Security;

/// <summary>A page or an endpoint that takes files, and so larger requests than all others.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BodySizeAttribute(long bytesMax) : Attribute, IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytesMax;
}
